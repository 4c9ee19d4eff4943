/**
 * The release that answers: part of every stored answer, so that a difference between two releases can be told. The same
 * as in package.json, which a test holds it to: no function need carry that file.
 */
export const engineVersion = "0.1.0";
