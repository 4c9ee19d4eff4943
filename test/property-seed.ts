/**
 * Property tests draw the same cases in every run, so that a change is judged by what it changes. PROPERTY_SEED=random (or a
 * number) draws others, PROPERTY_RUNS=25 more of them; a failure prints its seed.
 */
import fc from "fast-check";

const { PROPERTY_SEED = "20261122" } = process.env;

fc.configureGlobal({ seed: PROPERTY_SEED === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(PROPERTY_SEED) });
