package io.portolan.ftp.client;

import io.portolan.ftp.client.internal.command.TransferTask;
import java.util.concurrent.Executor;

/** A file on its way to the server. */
public final class Upload extends Transfer {

    Upload(TransferTask<TransferResult> task, Executor workers) {
        super(task, workers);
    }
}
