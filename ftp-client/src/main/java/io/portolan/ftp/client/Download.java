package io.portolan.ftp.client;

import io.portolan.ftp.client.internal.command.TransferTask;
import java.util.concurrent.Executor;

/** A file on its way from the server. */
public final class Download extends Transfer {

    Download(TransferTask<TransferResult> task, Executor workers) {
        super(task, workers);
    }
}
