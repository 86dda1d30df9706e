import type { Target } from '@cors/conformance';
import { Hono } from 'hono';
import { memoryTarget } from '../../../packages/hono/test/hono-target.js';

export const target: Target = memoryTarget({ name: 'Hono', framework: Hono });
