package io.portolan.examples.embedding;

import io.portolan.fs.VirtualPath;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands uploads on to whoever works on them. */
final class UploadInbox {

    private final BlockingQueue<VirtualPath> inbox = new LinkedBlockingQueue<>();

    /** What the server tells. */
    SessionListener listener() {
        // tag::uploads[]
        return new SessionListener() {
            @Override
            public void transferCompleted(SessionInfo session, TransferInfo transfer) {
                if (transfer.direction() == TransferInfo.Direction.UPLOAD) {
                    inbox.add(transfer.path());
                }
            }
        };
        // end::uploads[]
    }

    /** The next file that is whole. */
    VirtualPath take() throws InterruptedException {
        return inbox.take();
    }
}
