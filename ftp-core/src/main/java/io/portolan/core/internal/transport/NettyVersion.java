package io.portolan.core.internal.transport;

import io.netty.util.Version;

/** Finds out in time, and in words, when an application's build has replaced our Netty by an old one. */
final class NettyVersion {

    /** A class that came with 4.2 and that event loops are made of. */
    private static final String MARKER = "io.netty.channel.MultiThreadIoEventLoopGroup";

    private NettyVersion() {}

    static void require42() {
        requireMarker(MARKER, NettyVersion.class.getClassLoader());
    }

    static void requireMarker(String marker, ClassLoader loader) {
        try {
            Class.forName(marker, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Netty " + found(loader)
                            + " is on the class path, Portolan needs 4.2 or newer. In a build with Spring Boot 3 set"
                            + " <netty.version>4.2.18.Final</netty.version>; otherwise import portolan-bom before whatever manages Netty's version.",
                    e);
        }
    }

    private static String found(ClassLoader loader) {
        Version transport = Version.identify(loader).get("netty-transport");
        return transport == null ? "of an unknown version" : transport.artifactVersion();
    }
}
