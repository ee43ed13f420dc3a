package io.portolan.redeploy;

import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.transport.EchoServer;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Starts an echo server on each transport that is there, serves one connection, stops. */
public final class EchoApplication implements Callable<String> {

    @Override
    public String call() throws Exception {
        StringBuilder answers = new StringBuilder();
        for (TransportKind kind : new TransportKind[] {TransportKind.AUTO, TransportKind.NIO}) {
            TransportOptions options = TransportOptions.builder().kind(kind).build();
            try (TransportRuntime runtime = TransportRuntime.start(options, "echo")) {
                int port = EchoServer.bind(runtime);
                answers.append(EchoServer.ask(port, "ahoy"));
                CompletableFuture<Void> ran = new CompletableFuture<>();
                new WorkerLane(runtime.workers()).execute(() -> ran.complete(null));
                ran.join();
            }
        }
        return answers.toString();
    }
}
