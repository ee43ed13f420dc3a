package io.portolan.sftp.client.internal.check;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.internal.protocol.OpenMode;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.client.internal.protocol.WriteRequest;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whether a file can be written and deleted again, if somebody asks for that. */
final class UploadStep implements Step<Visit> {

    private static final int OCTETS = 1024;

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        if (visit.settings.uploadPath().isEmpty()) {
            return Finding.skipped("nobody asked for it: it would write a file");
        }
        String path = visit.settings.uploadPath().get();
        try {
            write(visit, path);
        } catch (SftpStatusException e) {
            return Finding.failed(
                    "the server does not take " + path + ": " + e.getMessage(),
                    Finding.diagnosis(
                            "upload-refused",
                            Blame.SERVER,
                            path,
                            "Check this user's rights in the folder, its quota and the free space at the server."));
        }
        try {
            visit.await(visit.session().submit(() -> visit.session().requests().remove(path)));
            return Finding.passed("wrote and deleted " + path);
        } catch (SftpStatusException e) {
            return Finding.warned(
                    "wrote " + path + ", but it cannot be deleted: " + e.getMessage(),
                    Finding.diagnosis(
                            "upload-not-deleted",
                            Blame.SERVER,
                            path,
                            "This user may write and not delete; remove the file by other means."));
        }
    }

    private static void write(Visit visit, String path) throws IOException {
        ClientSession session = visit.session();
        SftpRequests requests = session.requests();
        RemoteHandle handle = visit.await(session.submit(() ->
                requests.open(path, Set.of(OpenMode.WRITE, OpenMode.CREATE, OpenMode.TRUNCATE), SftpAttributes.NONE)));
        visit.await(session.<@Nullable Void>submit(() -> written(requests, path, handle)));
        visit.await(session.submit(() -> requests.close(handle)));
    }

    private static CompletableFuture<@Nullable Void> written(SftpRequests requests, String path, RemoteHandle handle) {
        CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
        ByteBuf buffer = WriteRequest.buffer(PooledByteBufAllocator.DEFAULT, OCTETS);
        buffer.setZero(WriteRequest.ROOM, OCTETS);
        requests.write("write " + path, handle, 0, buffer, OCTETS, failure -> {
            if (failure == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
