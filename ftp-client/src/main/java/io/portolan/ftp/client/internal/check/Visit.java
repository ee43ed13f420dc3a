package io.portolan.ftp.client.internal.check;

import io.portolan.core.internal.check.Deadline;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Visiting;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the steps of a check know from those before them. */
final class Visit implements Visiting {

    final CheckSettings settings;
    final Deadline deadline;

    private List<InetAddress> addresses = List.of();
    private @Nullable Wire control;
    private @Nullable Tls tls;
    private boolean protectsData;
    private boolean broken;
    private List<String> features = List.of();
    private OptionalInt extendedPassive = OptionalInt.empty();

    Visit(CheckSettings settings, Deadline deadline) {
        this.settings = settings;
        this.deadline = deadline;
    }

    @Override
    public String host() {
        return settings.host();
    }

    @Override
    public int port() {
        return settings.port();
    }

    @Override
    public List<InetAddress> addresses() {
        return addresses;
    }

    @Override
    public void found(List<InetAddress> found) {
        addresses = List.copyOf(found);
    }

    Wire control() {
        Wire open = control;
        if (open == null) {
            throw new IllegalStateException("there is no control connection yet");
        }
        return open;
    }

    @Override
    public void connect(InetAddress address) throws IOException {
        control = new Wire(connect(address, settings.port()), settings.replyTime());
    }

    /** TLS on the control connection, if there is. */
    @Nullable
    Tls tls() {
        return tls;
    }

    void secured(Tls by) {
        tls = by;
    }

    /** Whether PROT P holds. */
    boolean protectsData() {
        return protectsData;
    }

    void dataProtected() {
        protectsData = true;
    }

    void offers(List<String> lines) {
        features =
                lines.stream().map(line -> line.trim().toUpperCase(Locale.ROOT)).toList();
    }

    boolean offers(String feature) {
        return features.stream().anyMatch(line -> line.equals(feature) || line.startsWith(feature + " "));
    }

    @Override
    public Finding broken(IOException failure) {
        broken = true;
        if (failure instanceof DataCertificateException certificate) {
            return certificate.finding(this);
        }
        return ControlFailures.finding(this, failure, control().lastSaid());
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    /** Says good-bye, if anybody listens. */
    void leave() {
        Wire open = control;
        if (open != null && !broken) {
            try {
                open.say("QUIT");
            } catch (IOException e) {
                // it is gone
            }
        }
    }

    /** Who the control connection goes to. */
    InetAddress peer() {
        return control().socket().getInetAddress();
    }

    /** That EPSV, or else PASV, gives a port which can be reached: how the listing gets its data connection. */
    boolean hasPassive() {
        return extendedPassive.isPresent();
    }

    void passiveWorks(boolean extended) {
        extendedPassive = OptionalInt.of(extended ? 1 : 0);
    }

    /** Asks for a passive port by what worked before, and connects to it. */
    Socket connectPassively() throws IOException {
        boolean extended = extendedPassive.orElseThrow() == 1;
        FtpReply reply = control().ask(extended ? "EPSV" : "PASV");
        return connect(peer(), PassiveReplies.port(reply, extended));
    }

    Socket connect(InetAddress address, int port) throws IOException {
        Socket socket = deadline.watch(new Socket());
        try {
            socket.connect(
                    new InetSocketAddress(address, port),
                    Math.toIntExact(settings.connectTime().toMillis()));
            socket.setSoTimeout(Math.toIntExact(settings.replyTime().toMillis()));
            return socket;
        } catch (IOException e) {
            Deadline.closeQuietly(socket);
            throw e;
        }
    }
}
