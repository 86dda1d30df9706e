using Workerd = import "/workerd/workerd.capnp";

# One worker, two sockets at free ports: the suite's requests, and what it is told.
const config :Workerd.Config = (
  services = [(name = "worker", worker = .worker)],
  sockets = [
    (name = "main", address = "127.0.0.1:0", http = (), service = "worker"),
    (name = "control", address = "127.0.0.1:0", http = (),
      service = (name = "worker", entrypoint = "control")),
  ],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "MODULE")],
  compatibilityDate = "2026-11-01",
  # The application of the suite waits by Node.js's timers; our packages need none of it.
  compatibilityFlags = ["nodejs_compat"],
);
