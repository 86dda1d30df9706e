package example.conformance;

/** Waits, as handlers and predicates do that ask somebody else. */
final class Pause {
  private Pause() {}

  static void millis(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }
}
