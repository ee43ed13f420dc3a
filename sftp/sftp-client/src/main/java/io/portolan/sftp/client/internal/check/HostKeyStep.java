package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.check.Diagnosis;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.sftp.client.HostKeyException;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpProtocolException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.ssh.internal.kex.Negotiation;
import java.io.IOException;

/** Connects as a client does: whether keys can be exchanged, and whether the host shows the key that is known of it (RFC 4253, sections 7 and 8). */
final class HostKeyStep implements Step<Visit> {

    @Override
    public String name() {
        return "host-key";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        visit.connectClient();
        try {
            Visit.Verified verified = visit.await(visit.verified());
            Negotiation agreed = verified.agreed();
            return Finding.passed(
                    verified.host() + "; agreed are " + agreed.keyExchange() + ", " + agreed.hostKey() + ", "
                            + agreed.toServer().cipher()
                            + agreed.toServer().mac().map(mac -> ", " + mac).orElse(""));
        } catch (HostKeyException e) {
            return Finding.failed(String.valueOf(e.getMessage()), diagnosis(visit, e));
        } catch (SftpTimeoutException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "key-exchange-stalls",
                            Blame.NETWORK,
                            visit.settings.endpoint(),
                            "Short messages come through, and the exchange of keys does not: as a rule something in between drops long packets (a VPN with a smaller MTU), or the server is overloaded."));
        } catch (SftpProtocolException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "key-exchange-failed",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "The server breaks the protocol, or something in between changes what is said: update the server, and try without what is in between."));
        } catch (SftpConnectionException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "closed-in-key-exchange",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "The server's log says why it closed: it may be full (MaxStartups), or have no host key that it can read."));
        } catch (SftpException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "known-hosts-unreadable",
                            Blame.CLIENT,
                            visit.settings.hostKeys().allFiles().toString(),
                            "Let this user read the files of known hosts, or name another one: what cannot be read may have revoked the key."));
        }
    }

    private static Diagnosis diagnosis(Visit visit, HostKeyException found) {
        String presented = found.presentedFingerprint();
        return switch (found.reason()) {
            case UNKNOWN ->
                Finding.diagnosis(
                        "host-key-unknown",
                        Blame.CLIENT,
                        presented,
                        "Ask whoever runs the server for the fingerprint of its key, by another way than this one. If it is "
                                + presented
                                + ", add the line above to the known hosts; to take whatever comes first instead, use --accept-new, or HostKeys.acceptingNew().");
            case CHANGED ->
                Finding.diagnosis(
                        "host-key-changed",
                        Blame.SERVER,
                        presented + " instead of " + String.join(", ", found.knownFingerprints()),
                        "Either the server has a new key, or another machine, or somebody is in between who would read the password. Ask whoever runs it; only if it says "
                                + presented
                                + ", remove the line of the known hosts that is named above, and accept the new key.");
            case REVOKED ->
                Finding.diagnosis(
                        "host-key-revoked",
                        Blame.SERVER,
                        presented,
                        "The key is listed as one that others have got hold of. Do not connect until the server has a new key.");
            case CERTIFICATE ->
                Finding.diagnosis(
                        "host-certificate",
                        Blame.SERVER,
                        visit.settings.endpoint(),
                        "Let the authority certify the host's key anew (ssh-keygen -s CA -h -n NAMES -V VALIDITY), with the name that clients connect to among its principals, and for a time that has begun and not ended.");
        };
    }
}
