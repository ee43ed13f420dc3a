package io.portolan.core.internal.transport;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.portolan.transport.TransportKind;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of Netty's transports: what makes its event loops and its channels. */
record Transport(
        TransportKind kind,
        IoHandlerFactory handlers,
        ChannelFactory<? extends ServerChannel> serverChannels,
        ChannelFactory<? extends SocketChannel> clientChannels) {

    private static final Logger LOGGER = LoggerFactory.getLogger(Transport.class);

    private static final List<TransportKind> AUTO_ORDER =
            List.of(TransportKind.EPOLL, TransportKind.KQUEUE, TransportKind.NIO);

    /** Finds the transport asked for, or with AUTO the first that is there. */
    static Transport choose(TransportKind wanted) {
        if (wanted != TransportKind.AUTO) {
            @Nullable Throwable cause = whyUnavailable(wanted);
            if (cause != null) {
                throw unavailable(wanted, cause);
            }
            return create(wanted);
        }
        for (TransportKind kind : AUTO_ORDER) {
            @Nullable Throwable cause = whyUnavailable(kind);
            if (cause == null) {
                return create(kind);
            }
            LOGGER.debug("{} is not available: {}", kind, reason(cause));
        }
        throw new IllegalStateException("no transport is available");
    }

    /** Finds which transport lent event loops are made for. */
    static Transport of(IoEventLoopGroup lent) {
        for (TransportKind kind :
                List.of(TransportKind.EPOLL, TransportKind.KQUEUE, TransportKind.IO_URING, TransportKind.NIO)) {
            if (whyUnavailable(kind) == null && lent.isIoType(handlerType(kind))) {
                return create(kind);
            }
        }
        throw new IllegalArgumentException(
                "lend: the event loops are neither for epoll nor for kqueue, io_uring or NIO: " + lent);
    }

    private static Class<? extends IoHandler> handlerType(TransportKind kind) {
        return switch (kind) {
            case IO_URING -> IoUringIoHandler.class;
            case EPOLL -> EpollIoHandler.class;
            case KQUEUE -> KQueueIoHandler.class;
            case NIO, AUTO -> NioIoHandler.class;
        };
    }

    private static Transport create(TransportKind kind) {
        return switch (kind) {
            case IO_URING ->
                new Transport(
                        kind,
                        IoUringIoHandler.newFactory(),
                        IoUringServerSocketChannel::new,
                        IoUringSocketChannel::new);
            case EPOLL ->
                new Transport(
                        kind, EpollIoHandler.newFactory(), EpollServerSocketChannel::new, EpollSocketChannel::new);
            case KQUEUE ->
                new Transport(
                        kind, KQueueIoHandler.newFactory(), KQueueServerSocketChannel::new, KQueueSocketChannel::new);
            case NIO, AUTO ->
                new Transport(kind, NioIoHandler.newFactory(), NioServerSocketChannel::new, NioSocketChannel::new);
        };
    }

    private static @Nullable Throwable whyUnavailable(TransportKind kind) {
        return switch (kind) {
            case IO_URING -> probe(IoUring::unavailabilityCause);
            case EPOLL -> probe(Epoll::unavailabilityCause);
            case KQUEUE -> probe(KQueue::unavailabilityCause);
            case NIO, AUTO -> null;
        };
    }

    /** Whoever leaves a native transport's jars out gets NoClassDefFoundError, which is as good a reason as any. */
    private static @Nullable Throwable probe(Supplier<@Nullable Throwable> unavailabilityCause) {
        try {
            return unavailabilityCause.get();
        } catch (LinkageError e) {
            return e;
        }
    }

    private static IllegalStateException unavailable(TransportKind kind, Throwable cause) {
        return new IllegalStateException(
                "kind: the transport " + kind + " is not available (" + reason(cause) + "). "
                        + advice(kind, Transport.class.getModule().isNamed())
                        + " TransportKind.AUTO takes the best transport that is there.",
                cause);
    }

    static String advice(TransportKind kind, boolean onModulePath) {
        String platform = switch (kind) {
            case IO_URING -> "It needs Linux 5.9 or newer, a kernel or container that permits io_uring, and the jar ";
            case EPOLL -> "It needs Linux and the jar ";
            case KQUEUE -> "It needs macOS and the jar ";
            case NIO, AUTO -> "It is part of the JDK and of ";
        };
        String jar = switch (kind) {
            case IO_URING -> "netty-transport-native-io_uring for this processor, of the same version as Netty.";
            case EPOLL -> "netty-transport-native-epoll for this processor, of the same version as Netty.";
            case KQUEUE -> "netty-transport-native-kqueue for this processor, of the same version as Netty.";
            case NIO, AUTO -> "netty-transport.";
        };
        String modules = onModulePath
                ? " On the module path the jar is only seen if the JVM is started with --add-modules ALL-MODULE-PATH."
                : "";
        return platform + jar + modules;
    }

    /** The innermost message: the outer ones only say that a library could not be loaded. */
    private static String reason(Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
    }
}
