package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.EXCL;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.testing.FaultyFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What listeners are told. */
class EventsTest {

    private final InMemoryFileSystem files = InMemoryFileSystem.create();
    private final FaultyFiles faulty = new FaultyFiles(files);
    private final List<String> told = new ArrayList<>();
    private final Conversation client =
            Conversation.with(faulty.files(), Runnable::run, SftpLimits.DEFAULT, new SessionListener() {
                @Override
                public void transferStarted(SessionInfo session, TransferInfo transfer) {
                    told.add("started " + line(transfer));
                }

                @Override
                public void transferCompleted(SessionInfo session, TransferInfo transfer) {
                    told.add("completed " + line(transfer));
                }

                @Override
                public void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {
                    told.add("aborted " + line(transfer));
                }

                @Override
                public void deleted(SessionInfo session, VirtualPath path) {
                    told.add("deleted " + path);
                }

                @Override
                public void renamed(SessionInfo session, VirtualPath from, VirtualPath to) {
                    told.add("renamed " + from + " " + to);
                }

                @Override
                public void directoryCreated(SessionInfo session, VirtualPath path) {
                    told.add("made " + path);
                }
            });

    private static String line(TransferInfo transfer) {
        return transfer.direction() + " " + transfer.path() + " " + transfer.bytes();
    }

    @Test
    void anUploadIsToldOfWhenItBeginsAndWhenItIsPublished() {
        client.upload("/f", "content");

        assertThat(told).containsExactly("started UPLOAD /f 0", "completed UPLOAD /f 7");
    }

    @Test
    void aDownloadIsWholeWhenAllUpToTheEndWasSent() {
        client.upload("/f", "content");
        told.clear();

        client.download("/f");

        assertThat(told).containsExactly("started DOWNLOAD /f 0", "completed DOWNLOAD /f 7");
    }

    @Test
    void aDownloadThatIsClosedBeforeTheEndIsAborted() {
        client.upload("/f", "content");
        told.clear();
        byte[] handle = client.opened("/f", READ);
        data(client.ask(client.read(handle, 0, 3)));
        client.ask(client.close(handle));

        assertThat(told).containsExactly("started DOWNLOAD /f 0", "aborted DOWNLOAD /f 3");
    }

    @Test
    void whatIsOpenedAndNotReadIsNoTransfer() {
        client.upload("/f", "content");
        told.clear();
        client.ask(client.close(client.opened("/f", READ)));

        assertThat(told).isEmpty();
    }

    @Test
    void anUploadIsAbortedWhenTheChannelGoes() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        client.ask(client.write(handle, 0, "half"));

        client.engine().closed();
        client.channel().runLoop();

        assertThat(told).containsExactly("started UPLOAD /f 0", "aborted UPLOAD /f 4");
    }

    @Test
    void anUploadThatCannotBePublishedIsAborted() {
        byte[] handle = client.opened("/f", WRITE | CREAT | EXCL);
        Conversation.with(files).upload("/f", "another's");
        client.ask(client.close(handle));

        assertThat(told).containsExactly("started UPLOAD /f 0", "aborted UPLOAD /f 0");
    }

    @Test
    void changesAreToldOfWhenTheyAreDone() {
        client.ask(client.path(SftpMessageNumber.MKDIR, "/d").writeUint32(0));
        client.ask(client.path(SftpMessageNumber.RENAME, "/d").writeString("/e"));
        client.ask(client.path(SftpMessageNumber.RMDIR, "/e"));
        client.ask(client.path(SftpMessageNumber.REMOVE, "/none"));

        assertThat(told).containsExactly("made /d", "renamed /d /e", "deleted /e");
    }

    @Test
    void anUploadThatCannotTakeItsNewNameIsToldOfWhereItWasPublished() {
        byte[] handle = client.opened("/a", WRITE | CREAT | TRUNC);
        client.ask(client.write(handle, 0, "content"));
        client.ask(client.path(SftpMessageNumber.RENAME, "/a").writeString("/b"));
        faulty.make("VirtualFileSystem.rename", () -> {
            throw new IOException("no more");
        });

        assertThat(Conversation.status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.FAILURE);

        // the client hears that its wish was not met, listeners what is there
        assertThat(client.download("/a")).isEqualTo("content");
        assertThat(told)
                .startsWith("started UPLOAD /a 0", "completed UPLOAD /a 7")
                .noneMatch(line -> line.contains("/b"));
    }

    @Test
    void anUploadThatCannotBeCommittedIsAbortedAndNotRenamed() {
        byte[] handle = client.opened("/a", WRITE | CREAT | TRUNC);
        client.ask(client.write(handle, 0, "content"));
        client.ask(client.path(SftpMessageNumber.RENAME, "/a").writeString("/b"));
        faulty.make("PositionalFile.commit", () -> {
            throw new IOException("no more");
        });

        assertThat(Conversation.status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.FAILURE);

        assertThat(told).containsExactly("started UPLOAD /a 0", "aborted UPLOAD /a 7");
    }
}
