package io.portolan.examples.embedding;

import java.io.IOException;

/** Stands for the code that is to be tested. */
final class ReportDelivery {

    private ReportDelivery() {}

    static void send(int port) throws IOException {
        Ftp.put(port, "/report.csv", "a;b;c\n");
    }
}
