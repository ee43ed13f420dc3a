package io.portolan.ftp.client.testing;

import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.security.ClientMechanism;
import io.portolan.core.internal.security.ClientSecurity;
import io.portolan.core.internal.security.ClientSessionSecurity;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.session.Encryption;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What says that it protects sessions and does nothing, of tests of what is said about it. */
public final class PretendedSecurity implements ClientMechanism, ClientSecurity, ClientSessionSecurity {

    @Override
    public Set<String> names() {
        return Set.of("TLS");
    }

    @Override
    public Set<ProtectionLevel> dataLevels() {
        return Set.of(ProtectionLevel.PRIVATE);
    }

    @Override
    public ClientSecurity open(SecurityThreads threads) {
        return this;
    }

    @Override
    public ClientSessionSecurity begin(String host, int port) {
        return this;
    }

    @Override
    public boolean isDataProtected() {
        return true;
    }

    @Override
    public boolean isControlCleared() {
        return false;
    }

    @Override
    public Future<Void> protectControl(ChannelPipeline control) {
        return control.channel().eventLoop().newSucceededFuture(null);
    }

    @Override
    public void protectData(ChannelPipeline data, boolean incoming) {}

    @Override
    public Future<Void> clearControl(ChannelPipeline control) {
        return control.channel().eventLoop().newSucceededFuture(null);
    }

    @Override
    public Optional<Encryption> encryption() {
        return Optional.empty();
    }

    @Override
    public List<X509Certificate> serverCertificates() {
        return List.of();
    }

    @Override
    public Optional<Boolean> isDataResumed() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
