package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where a part of the ports lives, and what is at hand there.
 *
 * @param loop where the state is confined to and listeners are registered; of the same transport as the sessions' loops
 * @param channels makes listening channels for that transport
 * @param nanoTime the clock
 * @param random draws the ports; nobody may guess what comes next
 * @param counters what is counted, by all parts together
 */
record PortHome(
        EventLoop loop,
        ChannelFactory<? extends ServerChannel> channels,
        LongSupplier nanoTime,
        RandomGenerator random,
        PortCounters counters) {}
