package io.portolan.transport;

/** A way to the network. */
public enum TransportKind {
    /**
     * The best that is there: {@link #EPOLL} on Linux, {@link #KQUEUE} on macOS, else {@link #NIO}. {@link #IO_URING} is never chosen by itself: containers and
     * hardened kernels often forbid it, some only once it is in use.
     */
    AUTO,
    /** Linux's io_uring, kernel 5.9 or newer. */
    IO_URING,
    /** Linux's epoll. */
    EPOLL,
    /** The kqueue of macOS. */
    KQUEUE,
    /** The JDK's own channels, everywhere. */
    NIO
}
