package example.conformance;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.HttpRequestHandler;

/** The test application: its routes, and its 404. */
final class Routes {
  private static final String HANDLER_ORIGIN = "https://handler.example";
  private static final long PAUSE = 10;
  private static final long SLOW = 100;
  private static final int LARGE_BYTES = 262_144;
  private static final int MOST_ECHOED = 1_048_576;

  private record Field(String name, String value) {}

  private static final List<Field> OWN_CORS =
      List.of(
          new Field("Access-Control-Allow-Origin", HANDLER_ORIGIN),
          new Field("Access-Control-Allow-Credentials", "true"),
          new Field("Access-Control-Allow-Methods", "PATCH"),
          new Field("Access-Control-Allow-Headers", "X-Handler"),
          new Field("Access-Control-Expose-Headers", "X-Handler"),
          new Field("Access-Control-Max-Age", "1"));

  private Routes() {}

  /** All of them, and once more under each of the names. */
  static Map<String, HttpRequestHandler> under(List<String> names) {
    Map<String, HttpRequestHandler> routes = new HashMap<>();
    routes().forEach((path, handler) -> routes.put(path, named(path, handler)));
    routes.put("/status/{code:[2-5][0-9][0-9]}", named("/status/:code", Routes::status));
    Map<String, HttpRequestHandler> all = new HashMap<>(routes);
    for (String name : names) {
      routes.forEach((path, handler) -> all.put("/" + name + path, handler));
    }
    all.put("/**", named("unknown", (request, response) -> reply(response, 404, "unknown path")));
    return all;
  }

  /** Puts the route's path on its reply, as every route does. */
  private static HttpRequestHandler named(String path, HttpRequestHandler handler) {
    return (request, response) -> {
      response.setHeader("X-Application", path);
      handler.handleRequest(request, response);
    };
  }

  private static Map<String, HttpRequestHandler> routes() {
    return Map.ofEntries(
        Map.entry("/ok", with()),
        Map.entry("/guarded", Routes::guarded),
        Map.entry("/get-only", Routes::getOnly),
        Map.entry("/throw", (request, response) -> fail()),
        Map.entry("/reject", (request, response) -> CompletableFuture.runAsync(Routes::fail).join()),
        Map.entry("/error-after-head", Routes::errorAfterHead),
        Map.entry("/vary/set", with(new Field("Vary", "Accept"))),
        Map.entry(
            "/vary/array", with(new Field("Vary", "Accept"), new Field("Vary", "Accept-Language"))),
        Map.entry("/vary/lower", with(new Field("vary", "accept, ORIGIN"))),
        Map.entry("/vary/star", with(new Field("Vary", "*"))),
        Map.entry("/vary/append", Routes::varyAppend),
        // Before Servlet 6.1, nothing takes a field off a response.
        Map.entry("/vary/remove", with()),
        Map.entry("/own-cors", with(OWN_CORS.toArray(Field[]::new))),
        Map.entry(
            "/own-cors/lower", with(new Field("access-control-allow-origin", HANDLER_ORIGIN))),
        Map.entry(
            "/own-cors/twice",
            with(
                new Field("Access-Control-Allow-Origin", HANDLER_ORIGIN),
                new Field("Access-Control-Allow-Origin", "https://a.example"))),
        Map.entry(
            "/own-cors/expose",
            with(new Field("Access-Control-Expose-Headers", "X-Handler, not a token, x-handler"))),
        Map.entry("/own-cors/throw", Routes::ownCorsThrow),
        Map.entry("/fields", Routes::fields),
        Map.entry("/stream", inPieces("text/plain", "one ", "two ", "three")),
        Map.entry(
            "/events",
            inPieces("text/event-stream", "data: 1\n\n", "data: 2\n\n", "data: 3\n\n")),
        Map.entry("/flush", Routes::flush),
        Map.entry("/slow", Routes::slow),
        Map.entry(
            "/large", (request, response) -> reply(response, 200, "x".repeat(LARGE_BYTES))),
        Map.entry("/redirect", (request, response) -> response.sendRedirect("/ok")),
        Map.entry("/echo-body", Routes::echoBody),
        Map.entry("/socket", Routes::socket));
  }

  private static void reply(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain");
    write(response, text);
  }

  /** As bytes: a writer would add its encoding to the type. */
  private static void write(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void ok(HttpServletResponse response) throws IOException {
    reply(response, 200, "ok");
  }

  private static void fail() {
    throw new IllegalStateException("the handler fails");
  }

  private static HttpRequestHandler with(Field... fields) {
    return (request, response) -> {
      set(response, List.of(fields));
      ok(response);
    };
  }

  /** Sets each field: what stood there is replaced, and further lines of the same name are added. */
  private static void set(HttpServletResponse response, List<Field> fields) {
    Map<String, Integer> lines = new HashMap<>();
    for (Field field : fields) {
      boolean isFirst = lines.merge(field.name(), 1, Integer::sum) == 1;
      if (isFirst) response.setHeader(field.name(), field.value());
      else response.addHeader(field.name(), field.value());
    }
  }

  private static void status(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    replyWithStatus(response, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
  }

  private static void replyWithStatus(HttpServletResponse response, int status)
      throws IOException {
    switch (status) {
      case 201, 301, 302, 303, 307, 308 -> response.setHeader("Location", "/ok");
      case 206 -> response.setHeader("Content-Range", "bytes 0-9/100");
      case 304 -> response.setHeader("ETag", "\"v1\"");
      case 401 -> response.setHeader("WWW-Authenticate", "Basic realm=\"application\"");
      case 405 -> response.setHeader("Allow", "GET");
      case 429, 503 -> response.setHeader("Retry-After", "1");
      default -> {}
    }
    if (status == 204 || status == 205 || status == 304) response.setStatus(status);
    else reply(response, status, "status " + status);
  }

  private static void guarded(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getHeader("Authorization") == null) replyWithStatus(response, 401);
    else ok(response);
  }

  private static void getOnly(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (List.of("GET", "HEAD").contains(request.getMethod())) {
      ok(response);
      return;
    }
    response.setHeader("Allow", "GET, HEAD");
    reply(response, 405, "method not allowed");
  }

  private static void errorAfterHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.setContentLength(100);
    write(response, "partial");
    response.flushBuffer();
    Pause.millis(PAUSE);
    fail();
  }

  private static void varyAppend(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.addHeader("Vary", "Accept");
    ok(response);
  }

  private static void ownCorsThrow(HttpServletRequest request, HttpServletResponse response) {
    set(response, OWN_CORS);
    fail();
  }

  private static void fields(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    set(
        response,
        List.of(
            new Field("X-Own", "1"),
            new Field("Cache-Control", "private, max-age=60"),
            new Field("Set-Cookie", "a=1"),
            new Field("Set-Cookie", "b=2"),
            new Field("Cross-Origin-Resource-Policy", "same-site"),
            new Field("Timing-Allow-Origin", HANDLER_ORIGIN)));
    response.setContentType("application/x-own");
    write(response, "ok");
  }

  private static HttpRequestHandler inPieces(String type, String... pieces) {
    return (request, response) -> {
      response.setContentType(type);
      for (String piece : pieces) {
        write(response, piece);
        response.flushBuffer();
        Pause.millis(PAUSE);
      }
    };
  }

  private static void flush(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.flushBuffer();
    Pause.millis(PAUSE);
    write(response, "ok");
  }

  private static void slow(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Pause.millis(SLOW);
    ok(response);
  }

  private static void echoBody(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_ECHOED);
    response.setContentType("text/plain");
    response.getOutputStream().write(body);
  }

  private static void socket(HttpServletRequest request, HttpServletResponse response)
      throws IOException, jakarta.servlet.ServletException {
    response.setHeader("Upgrade", "test");
    if (!"test".equals(request.getHeader("Upgrade"))) {
      reply(response, 426, "upgrade required");
      return;
    }
    response.setHeader("Connection", "Upgrade");
    request.upgrade(Closing.class);
  }

  /** Ends the connection at once. */
  public static final class Closing implements HttpUpgradeHandler {
    @Override
    public void init(WebConnection connection) {
      try {
        connection.close();
      } catch (Exception error) {
        throw new IllegalStateException(error);
      }
    }

    @Override
    public void destroy() {}
  }
}
