package example.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

/** The contract with the suite, on standard input and output: one JSON value a line. */
public final class Target {
  private static final ObjectMapper JSON = new ObjectMapper();

  // Tomcat refuses paths that cannot be decoded before any filter, and sends no interim replies.
  private static final List<String> CAPABILITIES =
      List.of(
          "http1",
          "raw-bytes",
          "error-handling",
          "streams",
          "flush-headers",
          "upgrade",
          "predicates",
          "chosen-policies",
          "stacked-policies");

  private Target() {}

  public static void main(String[] arguments) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    JsonNode message = JSON.readTree(input.readLine());
    if (message.path("version").asInt() != 1) fail("this target speaks version 1");
    switch (message.path("type").asText()) {
      case "describe" -> describe();
      case "start" -> start(message.get("scenario"), input);
      default -> fail("the type of the message should be describe or start");
    }
  }

  private static void describe() throws JsonProcessingException {
    var name =
        "Spring Framework %s on Spring Boot %s"
            .formatted(SpringVersion.getVersion(), SpringBootVersion.getVersion());
    tell(Map.of("type", "description", "name", name, "capabilities", CAPABILITIES));
  }

  private static void start(JsonNode scenario, BufferedReader input) throws IOException {
    Setup setup;
    try {
      setup = Setup.of(scenario.get("setup"));
    } catch (NotExpressible error) {
      tell(Map.of("type", "not-expressible", "reason", error.getMessage()));
      return;
    } catch (IllegalArgumentException error) {
      tell(Map.of("type", "refused", "reason", String.valueOf(error.getMessage())));
      return;
    }
    int port = Server.start(setup, scenario.path("maxHeaderSize").asInt());
    tell(Map.of("type", "listening", "url", "http://127.0.0.1:" + port));
    if (input.readLine() != null) fail("this target cannot be reconfigured");
    System.exit(0);
  }

  private static void tell(Map<String, Object> message) throws JsonProcessingException {
    System.out.println(JSON.writeValueAsString(message));
  }

  private static void fail(String reason) throws JsonProcessingException {
    tell(Map.of("type", "error", "reason", reason));
    System.exit(1);
  }
}
