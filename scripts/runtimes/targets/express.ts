import type { Target } from '@cors/conformance';
import express from 'express';
import { expressTarget } from '../../../packages/express/test/target.js';

export const target: Target = expressTarget({
  name: 'Express 5',
  express,
  catchesRejections: true,
});
