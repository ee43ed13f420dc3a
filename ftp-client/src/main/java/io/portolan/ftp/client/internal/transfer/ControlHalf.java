package io.portolan.ftp.client.internal.transfer;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.internal.control.TransferExchange;

/** What the server has said of a transfer. */
sealed interface ControlHalf {

    /** Nothing yet, as it has not been asked for. */
    record Preparing() implements ControlHalf {}

    /** Nothing yet, it is to note from where to begin. */
    record Restarting() implements ControlHalf {}

    /** Nothing yet. */
    record Commanded(TransferExchange exchange) implements ControlHalf {}

    /** That it begins (1yz). */
    record Accepted(TransferExchange exchange) implements ControlHalf {}

    /** How it has ended. */
    record Answered(FtpReply reply) implements ControlHalf {}

    /** Nothing more, ever. */
    record Lost(Throwable cause) implements ControlHalf {}
}
