package example.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * What a scenario comes to.
 *
 * @param sources the policies of each filter, the outer one first
 * @param policyNames those that the first segment of a path chooses
 */
record Setup(List<CorsConfigurationSource> sources, List<String> policyNames) {
  static Setup of(JsonNode setup) {
    return switch (setup.get("kind").asText()) {
      case "policy" -> new Setup(List.of(Policy.source(setup.get("policy"))), List.of());
      case "stacked" ->
          new Setup(
              List.of(Policy.source(setup.get("outer")), Policy.source(setup.get("inner"))),
              List.of());
      case "chosen" -> chosen(setup.get("policies"), setup.get("when").asText());
      default -> throw new NotExpressible("this target knows no such setup");
    };
  }

  /** A source is asked about each request, and may take its time, or throw. */
  private static Setup chosen(JsonNode policies, String when) {
    Map<String, CorsConfigurationSource> sources = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> policy : policies.properties()) {
      names.add(policy.getKey());
      if (policy.getValue().isObject()) {
        sources.put(policy.getKey(), Policy.source(policy.getValue()));
      }
    }
    CorsConfigurationSource choice =
        request -> {
          String name = firstSegment(request.getRequestURI());
          if (when.equals("later")) Pause.millis(1);
          if (when.equals("throws") && names.contains(name)) {
            throw new IllegalStateException("the choice fails");
          }
          CorsConfigurationSource source = sources.get(name);
          return source == null ? null : source.getCorsConfiguration(request);
        };
    return new Setup(List.of(choice), names);
  }

  private static String firstSegment(String path) {
    String[] segments = path.split("/", 3);
    return segments.length > 1 ? segments[1] : "";
  }
}
