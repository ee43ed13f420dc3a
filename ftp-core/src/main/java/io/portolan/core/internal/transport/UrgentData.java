package io.portolan.core.internal.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.portolan.transport.TransportKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;

/**
 * Octets that a peer has sent as urgent stay where they stand among the others. Telnet's Synch (RFC 854), which may come before an ABOR, makes use of them, and
 * some clients send a whole {@code ABOR} so: the system marks its last octet, the line feed, and would take it out of the stream.
 */
final class UrgentData {

    private static final String NAME = "SO_OOBINLINE";

    // The numbers of SOL_SOCKET and SO_OOBINLINE, on the processors that the native transports are built for.
    private static final int LINUX_LEVEL = 1;
    private static final int LINUX_OPTION = 10;
    private static final int MACOS_LEVEL = 0xffff;
    private static final int MACOS_OPTION = 0x100;

    private UrgentData() {}

    static void keep(ServerBootstrap bootstrap, TransportKind kind) {
        switch (kind) {
            case EPOLL, IO_URING ->
                bootstrap.childOption(new IntegerUnixChannelOption(NAME, LINUX_LEVEL, LINUX_OPTION), 1);
            case KQUEUE -> bootstrap.childOption(new IntegerUnixChannelOption(NAME, MACOS_LEVEL, MACOS_OPTION), 1);
            case NIO, AUTO -> keepOnNio(bootstrap);
        }
    }

    /** The JDK has the option, but names it nowhere. */
    @SuppressWarnings("unchecked") // the type is looked at
    private static void keepOnNio(ServerBootstrap bootstrap) {
        try (SocketChannel probe = SocketChannel.open()) {
            for (SocketOption<?> option : probe.supportedOptions()) {
                if (option.name().equals(NAME) && option.type() == Boolean.class) {
                    bootstrap.childOption(NioChannelOption.of((SocketOption<Boolean>) option), true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
