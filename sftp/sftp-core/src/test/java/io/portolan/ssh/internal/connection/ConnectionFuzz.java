package io.portolan.ssh.internal.connection;

import io.netty.util.ReferenceCountUtil;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.fuzz.FuzzTarget;
import io.portolan.testing.fuzz.Messages;
import java.util.Arrays;
import java.util.List;

/** The messages of a client that is logged in. What is held and who is told of the end is checked when the connection goes. */
public final class ConnectionFuzz implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        SshWriter open = ServerConnection.open("session", 7, 65_536, 32_768);
        SshWriter subsystem = ServerConnection.request(0, "subsystem", true).writeString("sftp");
        SshWriter end = ServerConnection.toChannel(SshMessageNumber.CHANNEL_EOF, 0);
        SshWriter close = ServerConnection.toChannel(SshMessageNumber.CHANNEL_CLOSE, 0);
        SshWriter adjust = ServerConnection.toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, 0)
                .writeUint32(1000);
        SshWriter variable =
                ServerConnection.request(0, "env", false).writeString("LANG").writeString("C");
        SshWriter terminal = ServerConnection.request(0, "pty-req", true).writeString("xterm");
        SshWriter copy = ServerConnection.request(0, "exec", true).writeString("scp -t .");
        SshWriter extended = ServerConnection.toChannel(SshMessageNumber.CHANNEL_EXTENDED_DATA, 0)
                .writeUint32(1)
                .writeString("err");
        SshWriter keepAlive = ServerConnection.global("keepalive@openssh.com", true);
        SshWriter forward = ServerConnection.global("tcpip-forward", true)
                .writeString("localhost")
                .writeUint32(0);
        SshWriter tunnel = ServerConnection.open("direct-tcpip", 8, 1000, 1000)
                .writeString("localhost")
                .writeUint32(22)
                .writeString("localhost")
                .writeUint32(1);
        return List.of(
                join(open, variable, subsystem, ServerConnection.data(0, 100), adjust, end, close),
                join(keepAlive, open, terminal, copy, ServerConnection.data(0, 10), close),
                join(forward, tunnel, open, open, subsystem, extended, end),
                join(open, subsystem, ServerConnection.data(0, 9), ServerConnection.data(0, 0), adjust, keepAlive));
    }

    private static byte[] join(SshWriter... messages) {
        return Messages.join(Arrays.stream(messages).map(SshWriter::toByteArray).toList());
    }

    @Override
    public void take(byte[] input) {
        try (ServerConnection connection = new ServerConnection()) {
            for (byte[] message : Messages.split(input)) {
                if (message.length > 0 && connection.transport.disconnects.isEmpty()) {
                    connection.send(new SshWriter().writeBytes(message));
                    connection.sent();
                }
            }
            ReferenceCountUtil.safeRelease(connection.channel.readInbound());
            connection.channel.checkException();
        }
    }
}
