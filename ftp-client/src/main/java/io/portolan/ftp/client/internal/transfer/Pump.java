package io.portolan.ftp.client.internal.transfer;

import io.netty.channel.ChannelInboundHandler;

/** Moves octets between a data connection, at whose pipeline's end it stands, and what a worker lane reads or writes. Event loop only. */
interface Pump extends ChannelInboundHandler {

    /** Begins; the connection is there. */
    void start();

    /** Lets go of buffers and tells nothing any more. What the lane does at the moment ends first. */
    void stop();

    /** How many octets of the file have been moved. */
    long octets();

    /** Whether it is the server that has to do something. */
    boolean waitsForServer();

    /** What a pump tells, once. */
    interface Listener {

        /** All is moved: what has come is written, or what was read has left. */
        void moved();

        /** The data connection has broken. */
        void connectionFailed(Throwable cause);

        /** What is here, a source, a sink or whoever is told of progress, has failed. */
        void localFailed(Throwable cause);
    }
}
