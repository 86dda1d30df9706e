package example.conformance;

/** The library, or the language, has no way to say what the scenario asks for. */
final class NotExpressible extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotExpressible(String reason) {
    super(reason);
  }
}
