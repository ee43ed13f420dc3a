package io.portolan.ftp.client.internal.transfer;

import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;

/** What a transfer moves, and from which octet on. */
public sealed interface Content {

    /** The server sends. */
    record Incoming(TransferSink sink, long offset) implements Content {}

    /** The server receives. */
    record Outgoing(TransferSource source, long offset) implements Content {}
}
