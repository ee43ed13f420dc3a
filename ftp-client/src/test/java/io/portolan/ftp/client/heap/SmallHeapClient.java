package io.portolan.ftp.client.heap;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpSession;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.transport.TransportOptions;
import java.util.stream.Stream;

/** A client in a process of its own, that lists the root of a server on the port that it is told, and prints how many entries there are. */
final class SmallHeapClient {

    private SmallHeapClient() {}

    public static void main(String[] args) throws Exception {
        try (FtpClient client = FtpClient.builder()
                        .host("127.0.0.1")
                        .port(Integer.parseInt(args[0]))
                        .transport(TransportOptions.builder()
                                .eventLoopThreads(1)
                                .workerThreads(2)
                                .build())
                        .build();
                FtpSession session = client.connect().join();
                Stream<RemoteEntry> entries = session.list("/").stream()) {
            System.out.println(entries.filter(entry -> entry.isFile()).count());
        }
    }
}
