package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpProtocolException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.internal.connect.SshClientConnection;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.session.SessionOpening;
import io.portolan.sftp.client.internal.session.SessionSettings;
import io.portolan.sftp.client.internal.transfer.FlightWindow;
import io.portolan.ssh.internal.connection.ChannelOpenException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Whether the server runs SFTP in a channel (RFC 4254, sections 5.1 and 6.5; draft-ietf-secsh-filexfer-02, section 4). */
final class SubsystemStep implements Step<Visit> {

    @Override
    public String name() {
        return "subsystem";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        SshClientConnection connection = visit.await(visit.connection());
        try {
            visit.opened(visit.await(opening(visit, connection)));
            return Finding.passed("the server runs sftp");
        } catch (SftpProtocolException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "not-sftp",
                            Blame.SERVER,
                            visit.settings.user(),
                            "Something else than SFTP speaks in the channel: as a rule the start files of the user's shell print text. Let them print only to terminals, or use internal-sftp, which needs no shell."));
        } catch (SftpTimeoutException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "sftp-silent",
                            Blame.SERVER,
                            visit.settings.user(),
                            "The server has begun something that does not speak: look at what Subsystem sftp or ForceCommand runs, and at the start files of the user's shell."));
        } catch (SftpConnectionException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "sftp-ends",
                            Blame.SERVER,
                            visit.settings.user(),
                            "The server begins SFTP, and it ends at once. The program of Subsystem sftp may not be there, the user's shell may be nologin or false (use internal-sftp), or the folder of ChrootDirectory, or one above it, does not belong to root alone; the server's log says which."));
        } catch (SftpException e) {
            return refused(visit, e);
        }
    }

    private static CompletableFuture<ClientSession> opening(Visit visit, SshClientConnection connection) {
        SessionSettings settings = new SessionSettings(
                new ProtocolSettings(ProtocolSettings.NEWEST, visit.settings.replyTime()),
                FlightWindow.FIRST,
                RateLimit.unlimited());
        CompletableFuture<ClientSession> result = new CompletableFuture<>();
        try {
            connection
                    .loop()
                    .execute(() -> SessionOpening.over(
                                    connection, settings, visit.client().workers())
                            .whenComplete((session, failure) -> {
                                if (failure == null) {
                                    result.complete(session);
                                } else {
                                    result.completeExceptionally(
                                            io.portolan.core.internal.concurrent.Futures.unwrap(failure));
                                }
                            }));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new SftpConnectionException("the client has been closed", e));
        }
        return result;
    }

    private static Finding refused(Visit visit, SftpException failure) {
        boolean channel = failure.getCause() instanceof ChannelOpenException cause
                && cause.refusal() == ChannelOpenException.Refusal.CHANNEL;
        return channel
                ? Finding.failed(
                        String.valueOf(failure.getMessage()),
                        Finding.diagnosis(
                                "no-channel",
                                Blame.SERVER,
                                visit.settings.user(),
                                "The server lets the user in and opens no session: it may be for forwarding only (MaxSessions 0), or be full."))
                : Finding.failed(
                        String.valueOf(failure.getMessage()),
                        Finding.diagnosis(
                                "no-sftp",
                                Blame.SERVER,
                                visit.settings.user(),
                                "SSH works, and SFTP is not switched on for this user: add \"Subsystem sftp internal-sftp\" to sshd_config, or let the forced command of the user or the key run it. Until then there may be SCP only."));
    }
}
