package io.portolan.ftp.server.internal.session;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;

/**
 * The handlers of a control connection, in their order:
 *
 * <pre>
 * security?  what AUTH put there; its 234 still leaves unprotected
 * request    octets to requests: Telnet, bounded lines, charset
 * reply      replies to octets
 * sequence   one command at a time; ABOR passes a transfer, and STAT, NOOP and QUIT if nothing waits
 * session    looks the verb up, checks what it needs, runs it
 * </pre>
 */
final class ControlPipeline {

    static final String REQUEST = "request";
    static final String REPLY = "reply";
    static final String SEQUENCE = "sequence";
    static final String SESSION = "session";

    private ControlPipeline() {}

    static void install(
            ChannelPipeline pipeline,
            ChannelHandler request,
            ChannelHandler reply,
            ChannelHandler sequence,
            ChannelHandler session) {
        pipeline.addLast(REQUEST, request);
        pipeline.addLast(REPLY, reply);
        pipeline.addLast(SEQUENCE, sequence);
        pipeline.addLast(SESSION, session);
    }
}
