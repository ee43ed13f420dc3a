package io.portolan.sftp.server.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.testing.SampleSession;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.testing.WatchedFiles;
import io.portolan.testing.fuzz.FuzzTarget;
import io.portolan.testing.fuzz.Messages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The requests of a client, packets of SFTP; the first is INIT and says of which version. */
public final class SftpRequestFuzz implements FuzzTarget {

    /** A file that is said to be of four gigabytes is made of as many. */
    private static final long MAX_BYTES = 1 << 20;

    private static final int VERSION_AND_ID_OCTETS = 5;

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int version = 3; version <= 6; version++) {
            seeds.add(Messages.join(SampleSession.packets(version)));
        }
        return seeds;
    }

    @Override
    public int times() {
        return 1_000;
    }

    @Override
    public void take(byte[] input) throws SshProtocolException {
        WatchedFiles files = new WatchedFiles(
                InMemoryFileSystem.builder().maxBytes(MAX_BYTES).build());
        Conversation conversation = Conversation.unintroduced(files.files(), Runnable::run, SftpLimits.DEFAULT);
        Set<Long> asked = new HashSet<>();
        for (byte[] packet : Messages.split(input)) {
            if (packet.length >= VERSION_AND_ID_OCTETS) {
                asked.add(ByteBuffer.wrap(packet).getInt(1) & 0xffff_ffffL);
            }
            conversation.sendBytes(ByteBuffer.allocate(Integer.BYTES + packet.length)
                    .putInt(packet.length)
                    .put(packet)
                    .array());
        }
        while (conversation.hasReply()) {
            Conversation.Packet reply = conversation.reply();
            assertThat(reply.message()).isNotNull();
            assertThat(reply.message() == SftpMessageNumber.VERSION || asked.contains(reply.id()))
                    .as("%s to %d, which nobody has asked for", reply.message(), reply.id())
                    .isTrue();
            if (reply.message() == SftpMessageNumber.STATUS) {
                assertThat(SftpStatus.of(reply.fields().readUint32())).isPresent();
            }
        }
        conversation.end();
        assertThat(files.open()).as("left open").isEmpty();
    }
}
