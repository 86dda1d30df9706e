import type { Target } from '@cors/conformance';
import { Hono } from 'hono';
import { socketTarget } from '../../../packages/hono/test/hono-target.js';

export const target: Target = socketTarget({ name: 'Hono', framework: Hono }, 'HTTP/1.1');
