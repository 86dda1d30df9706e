/** The application itself: the same on Express and on Fastify, and without a word about CORS. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  All,
  Body,
  type CanActivate,
  ConflictException,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  type MiddlewareConsumer,
  Module,
  type NestModule,
  NotFoundException,
  Param,
  Put,
  Res,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';

/** What Express's response and Fastify's reply have in common. */
interface Reply {
  header(name: string, value: string): unknown;
}

@Controller('notes')
class NotesController {
  readonly #notes = new Map<string, unknown>();

  @Get()
  @Header('Vary', 'Accept-Language')
  list(@Res({ passthrough: true }) reply: Reply): unknown[] {
    reply.header('X-Total-Count', String(this.#notes.size));
    return [...this.#notes.values()];
  }

  @Put(':id')
  @HttpCode(204)
  put(@Param('id') id: string, @Body() note: unknown): void {
    this.#notes.set(id, note);
  }

  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string): void {
    if (!this.#notes.delete(id)) throw new NotFoundException();
  }
}

/** Nobody is logged in here. */
export class LoginGuard implements CanActivate {
  canActivate(): boolean {
    throw new UnauthorizedException();
  }
}

@Controller()
class OtherController {
  // Takes OPTIONS as well: a preflight that came this far would be refused, as it never logs in.
  @All('account')
  @UseGuards(LoginGuard)
  account(): string {
    return 'yours';
  }

  @Get('conflict')
  conflict(): never {
    throw new ConflictException();
  }

  @Get('broken')
  broken(): never {
    throw new Error('This one fails.');
  }
}

/** A middleware that replies by itself, to every method. On Fastify, the response is Node's own. */
function closed(_: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 503;
  response.end('Come back later.');
}

@Module({ controllers: [NotesController, OtherController] })
export class NotesModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(closed).forRoutes('closed');
  }
}
