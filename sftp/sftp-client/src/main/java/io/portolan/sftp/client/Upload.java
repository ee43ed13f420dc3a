package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.transfer.TransferTask;
import java.util.concurrent.Executor;

/** A file on its way to the server. */
public final class Upload extends Transfer {

    Upload(TransferTask task, Executor workers) {
        super(task, workers);
    }
}
