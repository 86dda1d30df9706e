/** The application on Fastify. */
import { cors, type RouteCorsOptions, withCors } from '@cors/fastify';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import { NotesModule } from './notes.js';

/** Nest's `RouteConfig` takes anything: here the compiler looks at the policy. */
const Cors = (policy: RouteCorsOptions) => RouteConfig({ cors: policy });

@Controller()
class AssetsController {
  @Get('fonts/:name')
  @Cors({ origin: '*', maxAge: 3600 })
  font(): string {
    return 'a font';
  }

  @Get('metrics')
  @Cors(false)
  metrics(): string {
    return 'for no page';
  }
}

@Module({ imports: [NotesModule], controllers: [AssetsController] })
class AppModule {}

/** An application whose every reply carries the right CORS headers: those of malformed URLs, too. */
export async function createFastifyApp(): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ frameworkErrors: withCors(), bodyLimit: 10_000 });
  // Before `NestFactory.create`, which adds the hook that runs the middlewares of modules: they would
  // get preflights, and reply without CORS headers. Never beside `app.enableCors()` or the option
  // `cors`: their hook runs before this one, answers all preflights, and grants them.
  await adapter.getInstance().register(cors, {
    origin: ['https://app.example.com', 'http://localhost:*'],
    credentials: true,
    methods: ['PUT', 'DELETE'],
    allowedHeaders: ['Content-Type'],
    exposedHeaders: ['X-Total-Count'],
    maxAge: 600,
  });

  const app = await NestFactory.create<NestFastifyApplication>(AppModule, adapter);
  app.setGlobalPrefix('api');
  return app;
}
