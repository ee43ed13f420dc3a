package io.portolan.core.internal.security;

import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.portolan.session.Encryption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What protects one session of a client. Event loop only. */
public interface ClientSessionSecurity {

    /**
     * Protects the control connection: puts handlers first in its pipeline. Called as soon as the reply to AUTH has come, behind which nothing may have, or when a connection has been made that is protected from the start.
     *
     * @param control the pipeline
     * @return completes when it is protected, and it is known that the server is whom it was taken for; fails with a {@link ProtectionException}
     */
    Future<Void> protectControl(ChannelPipeline control);

    /**
     * Protects a data connection of this session: adds handlers to its pipeline, among them a {@link DataProtectionHandler}. The channel has to be read from also while only we send, as what the server says on it
     * by itself is what the next data connection is protected by; and behind our end until the server's, for a while.
     *
     * @param data the pipeline, in which nothing stands yet that reads or writes
     * @param incoming whether the server sends the data, so that it matters whether its end is a real one
     */
    void protectData(ChannelPipeline data, boolean incoming);

    /**
     * Takes the control connection back into the clear, once the server has agreed to it (CCC).
     *
     * @param control the pipeline, which the handlers of {@link #protectControl} leave
     * @return completes when what follows is in the clear
     */
    Future<Void> clearControl(ChannelPipeline control);

    /**
     * By what the control connection is encrypted.
     *
     * @return the protocol and the cipher, once they are agreed upon
     */
    Optional<Encryption> encryption();

    /**
     * Whom the server has shown to be.
     *
     * @return the chain, the server's own first; empty before the control connection is protected
     */
    List<X509Certificate> serverCertificates();

    /**
     * How the last data connection that has come to be protected was.
     *
     * @return whether it has resumed the control connection's session; empty before there was one
     */
    Optional<Boolean> isDataResumed();

    /** Lets go of what belongs to the session. May be called twice, and while connections of it are still open. */
    void close();
}
