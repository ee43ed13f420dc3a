package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.transfer.TransferTask;
import java.util.concurrent.Executor;

/** A file on its way from the server. */
public final class Download extends Transfer {

    Download(TransferTask task, Executor workers) {
        super(task, workers);
    }
}
