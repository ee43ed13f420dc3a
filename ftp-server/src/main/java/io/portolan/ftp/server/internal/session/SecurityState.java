package io.portolan.ftp.server.internal.session;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.security.ProtectionLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far AUTH, PBSZ and PROT have come in a session (RFC 2228 §3). */
public final class SecurityState {

    private final List<ServerSecurity> mechanisms;
    private @Nullable ServerSecurity mechanism;
    private @Nullable SessionSecurity session;
    private boolean controlProtected;
    private boolean bufferSizeAgreed;
    private boolean fromStart;
    private boolean dataImplied;
    private ProtectionLevel dataLevel = ProtectionLevel.CLEAR;

    SecurityState(List<ServerSecurity> mechanisms) {
        this.mechanisms = mechanisms;
    }

    /** What AUTH can ask for. */
    public List<ServerSecurity> mechanisms() {
        return mechanisms;
    }

    public @Nullable ServerSecurity find(String name) {
        for (ServerSecurity candidate : mechanisms) {
            if (candidate.names().contains(name)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * AUTH was accepted: all that was agreed before is void.
     *
     * @throws RuntimeException if the mechanism cannot; then nothing has changed
     */
    public SessionSecurity begin(ServerSecurity accepted, String name, @Nullable String host) {
        SessionSecurity begun = accepted.begin(name, host);
        reset();
        mechanism = accepted;
        session = begun;
        controlProtected = true;
        dataImplied = accepted.impliesDataProtection(name);
        forgetDataProtection();
        return begun;
    }

    /** The connection is protected from the first octet: PBSZ and PROT P are taken for said, as nobody says them there. */
    public SessionSecurity beginAtOnce(ServerSecurity implied) {
        SessionSecurity begun = begin(implied, implied.names().iterator().next(), null);
        fromStart = true;
        dataImplied = true;
        forgetDataProtection();
        return begun;
    }

    /** The mechanism in force, or null. */
    public @Nullable ServerSecurity mechanism() {
        return mechanism;
    }

    /** What protects this session, or null. */
    public @Nullable SessionSecurity session() {
        return session;
    }

    public boolean isControlProtected() {
        return controlProtected;
    }

    /** Whether it is protected by what it is, and not because somebody has said AUTH. */
    boolean isFromStart() {
        return fromStart;
    }

    /** CCC was accepted. */
    public void controlCleared() {
        controlProtected = false;
    }

    public boolean isBufferSizeAgreed() {
        return bufferSizeAgreed;
    }

    public void agreeOnBufferSize() {
        bufferSizeAgreed = true;
    }

    public ProtectionLevel dataLevel() {
        return dataLevel;
    }

    public void dataLevel(ProtectionLevel level) {
        dataLevel = level;
    }

    /** Why nobody may log in yet, or null. */
    @Nullable
    FtpReply loginRefusal() {
        for (ServerSecurity candidate : mechanisms) {
            if (candidate.isRequiredForLogin() && !controlProtected) {
                return FtpReply.of(FtpReplyCode.NOT_LOGGED_IN, "Log in over a protected connection: say AUTH first.");
            }
        }
        return null;
    }

    /** Whether this server transfers nothing in the clear, whoever it is for. */
    boolean isDataProtectionRequired() {
        return mechanisms.stream().anyMatch(ServerSecurity::isRequiredForData);
    }

    /** PBSZ and PROT are to be said again, unless they go without saying. */
    void forgetDataProtection() {
        bufferSizeAgreed = dataImplied;
        dataLevel = dataImplied ? ProtectionLevel.PRIVATE : ProtectionLevel.CLEAR;
    }

    void reset() {
        if (session != null) {
            session.close();
        }
        session = null;
        mechanism = null;
        fromStart = false;
        dataImplied = false;
        forgetDataProtection();
    }
}
