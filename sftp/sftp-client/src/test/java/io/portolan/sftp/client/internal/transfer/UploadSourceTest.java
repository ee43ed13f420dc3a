package io.portolan.sftp.client.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.ReadableFile;
import io.portolan.sftp.client.ChecksumAlgorithm;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.internal.transfer.UploadSource.Portion;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UploadSourceTest {

    private final AtomicBoolean stopped = new AtomicBoolean();

    private UploadSource source(TransferSource of) {
        return new UploadSource(of, null, stopped::get);
    }

    /** A source that gives so many octets a time, three times. */
    private static TransferSource giving(int octets) {
        ReadableFile file = new ReadableFile() {
            private int left = 3;

            @Override
            public int read(ByteBuffer target) {
                if (left-- <= 0) {
                    return -1;
                }
                int count = Math.min(octets, target.remaining());
                target.put(new byte[count]);
                return count;
            }

            @Override
            public void close() {
                left = 0;
            }
        };
        return new TransferSource() {
            @Override
            public OptionalLong size() {
                return OptionalLong.empty();
            }

            @Override
            public boolean isRepeatable() {
                return false;
            }

            @Override
            public ReadableFile open(long offset) {
                return file;
            }
        };
    }

    private HashedSource hashed(TransferSource of) {
        return new HashedSource(of, Hasher.of(ChecksumAlgorithm.SHA256), stopped::get);
    }

    @Test
    void whatIsSkippedIsHashedOnlyAsLongAsSomebodyWantsIt() throws Exception {
        assertThat(hashed(giving(4)).open(8).read(ByteBuffer.allocate(8))).isEqualTo(4);
        stopped.set(true);
        HashedSource unwanted = hashed(giving(4));
        assertThatThrownBy(() -> unwanted.open(8))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody wants");
    }

    @Test
    void readsUntilTheRoomIsFullOrThereIsNoMore() throws Exception {
        UploadSource source = source(giving(4));
        assertThat(source.open(0, "/file")).isEmpty();
        assertThat(source.read(ByteBuffer.allocate(8), false)).isEqualTo(new Portion(8, false));
        assertThat(source.read(ByteBuffer.allocate(8), true)).isEqualTo(new Portion(4, true));
        assertThat(source.read(ByteBuffer.allocate(8), true).octets()).isZero();
    }

    @Test
    void aSourceThatGivesNothingAndDoesNotEndIsAFailureAndNoLoop() throws Exception {
        UploadSource source = source(giving(0));
        var ignored = source.open(0, "/file");
        assertThatThrownBy(() -> source.read(ByteBuffer.allocate(8), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gave 0 octets");
    }

    @Test
    void theSameWhereWhatTheServerHasIsHashedFirst() {
        assertThatThrownBy(() -> hashed(giving(0)).open(5))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gave 0 octets");
    }

    @Test
    void nothingIsReadForATransferThatHasEnded() throws Exception {
        UploadSource source = source(giving(4));
        var ignored = source.open(0, "/file");
        stopped.set(true);
        assertThat(source.read(ByteBuffer.allocate(8), false).octets()).isZero();
    }

    @Test
    void whatIsLongerThereIsNoneThatCouldGoOn() {
        UploadSource source = source(TransferSource.fromBytes(new byte[3]));
        assertThatThrownBy(() -> source.open(4, "/file"))
                .isInstanceOf(SftpException.class)
                .hasMessageStartingWith("/file: has 4 octets there, and 3 here");
    }
}
