package io.portolan.sftp.client.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What servers send, and what is made of it, whatever it is. */
class ProtocolProperties {

    @Property(tries = 300)
    void readsWhatAServerTellsOfItself(
            @ForAll @Size(max = 20) Map<@AlphaChars @StringLength(max = 30) String, @AlphaChars String> pairs)
            throws Exception {
        SshWriter version = new SshWriter();
        Map<String, String> expected = new LinkedHashMap<>(pairs);
        expected.keySet().removeIf(name -> name.startsWith("supported"));
        expected.forEach((name, data) -> version.writeString(name).writeString(data));
        ServerFacts facts = ServerFacts.read(3, new SshReader(version.toByteArray()));
        assertThat(facts.extensions()).isEqualTo(expected);
        assertThat(facts.limits()).isEqualTo(ServerLimits.UNKNOWN);
    }

    @Property(tries = 500)
    void takesOrRefusesWhateverIsTold(@ForAll byte[] octets) {
        refuses(() -> ServerFacts.read(6, new SshReader(octets)));
        SshWriter supported = new SshWriter()
                .writeString("supported2")
                .writeString(octets)
                .writeString("supported")
                .writeString(octets);
        refuses(() -> ServerFacts.read(6, new SshReader(supported.toByteArray())));
        refuses(() -> ServerLimits.read(new SshReader(octets)));
        refuses(() -> SpaceReply.read(new SshReader(octets)));
        refuses(() -> RemoteHandle.read(new SshReader(octets)));
        refuses(() -> StatusReply.read(Unpooled.wrappedBuffer(octets)));
    }

    /** A reading that may fail in one way only. */
    private interface Reading {
        Object read() throws SshProtocolException;
    }

    private static void refuses(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (SshProtocolException e) {
            assertThat(e).isNotNull();
        }
    }

    @Property(tries = 500)
    void keepsLimitsWithinWhatIsSensible(
            @ForAll long packet, @ForAll long read, @ForAll long write, @ForAll long handles) throws Exception {
        SshWriter told = new SshWriter()
                .writeUint64(packet)
                .writeUint64(read)
                .writeUint64(write)
                .writeUint64(handles);
        ServerLimits limits = ServerLimits.read(new SshReader(told.toByteArray()));
        assertThat(limits.read()).isBetween(ServerLimits.LEAST, ServerLimits.MOST);
        assertThat(limits.write()).isBetween(ServerLimits.LEAST, ServerLimits.MOST);
        assertThat(limits.handles()).isBetween(1, ServerLimits.MOST_HANDLES);
    }

    @Property(tries = 300)
    void showsNoCharacterThatATerminalActsUpon(@ForAll String text, @ForAll @LongRange(max = 0xffff_ffffL) long code)
            throws Exception {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        SshWriter status = new SshWriter().writeUint32(code).writeString(octets).writeString("en");
        StatusReply reply = StatusReply.read(Unpooled.wrappedBuffer(status.toByteArray()));
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.text().chars()).noneMatch(c -> c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x202e);
    }

    @Property(tries = 300)
    void writesTheFieldsBeforeTheOctets(
            @ForAll byte[] content,
            @ForAll @Size(min = 1, max = 256) byte[] name,
            @ForAll int id,
            @ForAll @LongRange(min = 0) long offset)
            throws Exception {
        RemoteHandle handle = RemoteHandle.read(
                new SshReader(new SshWriter().writeString(name).toByteArray()));
        ByteBuf buffer = WriteRequest.buffer(UnpooledByteBufAllocator.DEFAULT, content.length);
        buffer.setBytes(WriteRequest.ROOM, content);
        ByteBuf packet = WriteRequest.packet(id, handle, offset, buffer, content.length);
        byte[] expected = new SshWriter()
                .writeString(new SshWriter()
                        .writeByte(6)
                        .writeUint32(id & 0xffff_ffffL)
                        .writeString(name)
                        .writeUint64(offset)
                        .writeString(content)
                        .toByteArray())
                .toByteArray();
        assertThat(packet).isEqualTo(Unpooled.wrappedBuffer(expected));
        packet.release();
    }

    @Property(tries = 100)
    void tellsRoomInOctetsWithoutAnOverflow(
            @ForAll @IntRange(min = 1) int fragment, @ForAll @LongRange(min = 0) long blocks) throws Exception {
        SshWriter told = new SshWriter().writeUint64(0).writeUint64(fragment);
        for (int i = 0; i < 3; i++) {
            told.writeUint64(blocks);
        }
        SpaceReply space = SpaceReply.read(new SshReader(told.toByteArray()));
        BigInteger exact = BigInteger.valueOf(fragment).multiply(BigInteger.valueOf(blocks));
        assertThat(space.total())
                .isEqualTo(exact.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }
}
