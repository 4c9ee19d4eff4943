/** The release that answers: part of every stored answer, so that a difference between two releases can be told. */
import project from "../../package.json" with { type: "json" };

export const engineVersion: string = project.version;
