import { defineConfig } from 'tsup';

// One configuration for every package: tsup looks for it upwards from the package it runs in, and
// takes `entry` and `tsconfig.json` from there. A package with more entries names them in its script.
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  dts: true,
  clean: true,
});
