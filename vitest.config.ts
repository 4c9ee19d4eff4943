/**
 * Two sets of tests: `npm test` runs `unit`; the CDK app's template tests (`infra`) run inside `npm run check`.
 * Both need nothing but this folder: the embedded store is started where it is used.
 */
import { defineConfig } from "vitest/config";

const shared = {
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          setupFiles: ["test/property-seed.ts"],
          include: ["test/**/*.test.ts"],
          exclude: ["test/infra/**", "test/bench/**"],
        },
      },
      { test: { ...shared, name: "infra", include: ["test/infra/**/*.test.ts"] } },
    ],
  },
});
