package io.portolan.sftp.server.internal.engine;

import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Packets that are not what the draft says, and the order in which they may come. */
class PacketsTest {

    private final Conversation client = Conversation.with(InMemoryFileSystem.create());

    private static Conversation stranger() {
        return Conversation.unintroduced(InMemoryFileSystem.create(), Runnable::run, SftpLimits.DEFAULT);
    }

    @Test
    void initIsAnsweredWithVersion3AndExtensions() throws Exception {
        Conversation client = stranger();

        client.sendOctets(0, 0, 0, 5, 1, 0, 0, 0, 3);

        Conversation.Packet reply = client.reply();
        assertThat(reply.message()).isEqualTo(SftpMessageNumber.VERSION);
        assertThat(reply.id()).isEqualTo(3);
        assertThat(new String(reply.fields().readRest(), StandardCharsets.UTF_8))
                .contains("posix-rename@openssh.com", "limits@openssh.com", "hardlink@openssh.com");
        assertThat(client.channel().consumed()).isEqualTo(9);
    }

    @Test
    void aNewerClientThatSendsExtensionsHearsOfAVersionThatWeHave() {
        Conversation client = stranger();

        client.send(new SshWriter()
                .writeByte(1)
                .writeUint32(9)
                .writeString("x@example.com")
                .writeString(""));

        assertThat(client.reply().message()).isEqualTo(SftpMessageNumber.VERSION);
        assertThat(client.channel().exitStatus()).isNull();
    }

    @Test
    void aRequestBeforeInitEndsTheChannel() {
        Conversation client = stranger();

        client.send(client.path(SftpMessageNumber.STAT, "/"));

        assertThat(client.channel().exitStatus()).isEqualTo(1);
        assertThat(client.hasReply()).isFalse();
    }

    @Test
    void aSecondInitEndsTheChannel() {
        client.sendOctets(0, 0, 0, 5, 1, 0, 0, 0, 3);

        assertThat(client.channel().exitStatus()).isEqualTo(1);
        assertThat(client.hasReply()).isFalse();
    }

    @Test
    void aPacketOfNoOctetsEndsTheChannel() {
        client.sendOctets(0, 0, 0, 0);

        assertThat(client.channel().exitStatus()).isEqualTo(1);
    }

    @Test
    void aPacketLongerThanAllowedEndsTheChannelBeforeItsContentHasCome() {
        client.sendOctets(0, 4, 4, 1);

        assertThat(client.channel().exitStatus()).isEqualTo(1);
    }

    @Test
    void aPacketWhoseLengthLooksNegativeEndsTheChannel() {
        client.sendOctets(0xff, 0xff, 0xff, 0xff, 3);

        assertThat(client.channel().exitStatus()).isEqualTo(1);
    }

    @Test
    void aRequestWithoutAnIdEndsTheChannel() {
        client.sendOctets(0, 0, 0, 3, 17, 0, 0);

        assertThat(client.channel().exitStatus()).isEqualTo(1);
    }

    @Test
    void whatComesBehindABrokenPacketIsNotLookedAt() {
        client.sendOctets(0, 0, 0, 0);
        long before = client.channel().consumed();

        client.send(client.path(SftpMessageNumber.MKDIR, "/x").writeUint32(0));

        assertThat(client.hasReply()).isFalse();
        assertThat(client.channel().consumed()).as("credit for what is dropped").isGreaterThan(before);
    }

    @Test
    void anUnknownRequestIsUnsupportedUnderItsId() {
        for (int number : new int[] {0, 2, 21, 22, 42, 99, 101, 199, 201, 255}) {
            assertThat(status(client.ask(client.request(number).writeString("anything"))))
                    .as("request %s", number)
                    .isEqualTo(SftpStatus.OP_UNSUPPORTED);
        }
    }

    @Test
    void anExtensionThatIsNotAdvertisedIsUnsupported() {
        assertThat(status(client.ask(client.path(SftpMessageNumber.EXTENDED, "no-such@example.com"))))
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
    }

    @Test
    void theIdIsRepeatedWhateverItIs() {
        client.send(new SshWriter().writeByte(17).writeUint32(0xffff_ffffL).writeString("/"));

        assertThat(client.reply().id()).isEqualTo(0xffff_ffffL);
    }

    @Test
    void aStringThatReachesBehindThePacketIsABadMessage() {
        for (long length : new long[] {2, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}) {
            SshWriter packet =
                    client.request(SftpMessageNumber.STAT).writeUint32(length).writeByte('/');
            assertThat(status(client.ask(packet))).as("%s octets", length).isEqualTo(SftpStatus.BAD_MESSAGE);
        }
    }

    @Test
    void aWriteWhoseContentReachesBehindThePacketIsABadMessage() {
        byte[] handle = client.opened("/f", Conversation.WRITE | Conversation.CREAT);

        for (long length : new long[] {2, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}) {
            SshWriter packet = client.on(SftpMessageNumber.WRITE, handle)
                    .writeUint64(0)
                    .writeUint32(length)
                    .writeByte('x');
            assertThat(status(client.ask(packet))).as("%s octets", length).isEqualTo(SftpStatus.BAD_MESSAGE);
        }
    }

    @Test
    void eachRequestThatEndsTooEarlyIsABadMessage() {
        for (int number = 3; number <= 20; number++) {
            assertThat(status(client.ask(client.request(number))))
                    .as("request %s", number)
                    .isEqualTo(SftpStatus.BAD_MESSAGE);
        }
        assertThat(status(client.ask(client.request(SftpMessageNumber.EXTENDED))))
                .isEqualTo(SftpStatus.BAD_MESSAGE);
    }

    @Test
    void aPathThatIsNotUtf8IsABadMessage() {
        SshWriter overlongDot = client.request(SftpMessageNumber.STAT)
                .writeString(new byte[] {'/', (byte) 0xc0, (byte) 0xae, (byte) 0xc0, (byte) 0xae});

        assertThat(status(client.ask(overlongDot))).isEqualTo(SftpStatus.BAD_MESSAGE);
    }

    @Test
    void octetsBehindTheLastFieldAreIgnored() {
        client.send(client.path(SftpMessageNumber.STAT, "/").writeString("more"));

        assertThat(client.reply().message()).isEqualTo(SftpMessageNumber.ATTRS);
    }

    @Test
    void attributesThatEndTooEarlyAreABadMessage() {
        SshWriter packet = client.path(SftpMessageNumber.SETSTAT, "/")
                .writeUint32(0x8000_0000L)
                .writeUint32(0xffff_ffffL);

        assertThat(status(client.ask(packet))).isEqualTo(SftpStatus.BAD_MESSAGE);
    }

    @Test
    void packetsMayComeOctetByOctet() {
        byte[] handle = client.opened("/f", Conversation.WRITE | Conversation.CREAT | READ);
        for (byte octet : Conversation.framed(client.write(handle, 0, "slowly"))) {
            client.sendBytes(new byte[] {octet});
        }

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(Conversation.data(client.ask(client.read(handle, 0, 100))))
                .asString()
                .isEqualTo("slowly");
    }

    @Test
    void whenThePeerSendsNoMoreTheChannelEndsBehindTheLastReply() {
        client.send(client.path(SftpMessageNumber.STAT, "/"));

        client.engine().eof();

        assertThat(client.channel().exitStatus()).isZero();
        assertThat(client.reply().message()).isEqualTo(SftpMessageNumber.ATTRS);
    }
}
