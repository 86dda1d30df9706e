package example.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** A scenario's policy in Spring's own terms. */
final class Policy {
  /** What every page may send: the list is all that is allowed, and a policy names what is beside these. */
  private static final List<String> SAFELISTED_METHODS = List.of("GET", "HEAD", "POST");

  private Policy() {}

  static CorsConfigurationSource source(JsonNode policy) {
    CorsConfiguration configuration = configuration(policy);
    JsonNode origin = policy.path("origin");
    if (!origin.isObject()) {
      addOrigins(configuration, texts(origin));
      return request -> configuration;
    }
    Predicate<String> isAllowed = predicate(origin);
    return request -> {
      String asked = request.getHeader(HttpHeaders.ORIGIN);
      var answered = new CorsConfiguration(configuration);
      answered.setAllowedOrigins(
          asked != null && isAllowed.test(asked) ? List.of(asked) : List.of());
      return answered;
    };
  }

  private static CorsConfiguration configuration(JsonNode policy) {
    if (policy.path("preflightContinue").asBoolean()) {
      throw new NotExpressible("CorsFilter has no option that hands preflights on");
    }
    if (policy.path("optionsSuccessStatus").asInt(200) != 200) {
      throw new NotExpressible("CorsFilter has no option for the status of preflights, which is 200");
    }
    var configuration = new CorsConfiguration();
    configuration.setAllowedMethods(methods(texts(policy.path("methods"))));
    configuration.setAllowedHeaders(texts(policy.path("allowedHeaders")));
    configuration.setExposedHeaders(texts(policy.path("exposedHeaders")));
    configuration.setAllowCredentials(policy.path("credentials").asBoolean());
    if (policy.has("maxAge")) configuration.setMaxAge(policy.get("maxAge").asLong());
    return configuration;
  }

  private static void addOrigins(CorsConfiguration configuration, List<String> origins) {
    for (String origin : origins) {
      boolean isPattern = origin.contains("*") && !origin.equals(CorsConfiguration.ALL);
      if (isPattern) configuration.addAllowedOriginPattern(pattern(origin));
      else configuration.addAllowedOrigin(origin);
    }
  }

  /** Any port is a star in brackets; one for subdomains stands as it is. */
  private static String pattern(String origin) {
    return origin.endsWith(":*") ? origin.substring(0, origin.length() - 1) + "[*]" : origin;
  }

  private static List<String> methods(List<String> named) {
    if (named.contains(CorsConfiguration.ALL)) return named;
    Set<String> methods = new LinkedHashSet<>(SAFELISTED_METHODS);
    methods.addAll(named);
    return List.copyOf(methods);
  }

  /** A list of names, or one that stands by itself. */
  private static List<String> texts(JsonNode list) {
    if (list.isTextual()) return List.of(list.asText());
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Java's functions answer at once, or block until they know. */
  private static Predicate<String> predicate(JsonNode described) {
    Set<String> allowed = Set.copyOf(texts(described.path("allow")));
    return switch (described.get("predicate").asText()) {
      case "answers" -> allowed::contains;
      case "answers-later" -> after(1, allowed::contains);
      case "answers-slowly" -> after(300, allowed::contains);
      case "throws" -> Policy::fail;
      case "rejects" -> after(1, Policy::fail);
      default -> throw new NotExpressible("a function gives a boolean; no other compiles");
    };
  }

  private static Predicate<String> after(long milliseconds, Predicate<String> answer) {
    return origin -> {
      Pause.millis(milliseconds);
      return answer.test(origin);
    };
  }

  private static boolean fail(String origin) {
    throw new IllegalStateException("the predicate fails");
  }
}
