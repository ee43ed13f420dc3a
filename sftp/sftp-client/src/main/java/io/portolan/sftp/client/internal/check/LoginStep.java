package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.sftp.client.SftpAuthenticationException;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.internal.auth.LoginEvent;
import io.portolan.sftp.client.internal.auth.LoginHistory;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the user is let in, by what, and what was refused before (RFC 4252). */
final class LoginStep implements Step<Visit> {

    @Override
    public String name() {
        return "login";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        String user = visit.settings.user();
        try {
            visit.await(visit.connection());
            return passed(user, visit.await(visit.login()));
        } catch (SftpAuthenticationException e) {
            LoginHistory history = visit.await(visit.login());
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    LoginRefusals.diagnosis(
                            visit.settings, history, e.acceptedMethods().isEmpty()));
        } catch (SftpTimeoutException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "login-stalls",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "The server waits for something itself before it answers: a directory service, PAM, the name service (UseDNS), or a home on a network; its log tells."));
        } catch (SftpConnectionException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            "closed-in-login",
                            Blame.SERVER,
                            user,
                            "The server ends the connection instead of answering: it may not let this user or address in at all (AllowUsers, DenyUsers, LoginGraceTime), or fail itself; its log says why."));
        }
    }

    private static Finding passed(String user, LoginHistory history) {
        List<LoginEvent> events = history.events();
        String by = texts(events, true);
        String before = texts(events, false);
        return Finding.passed(user + " is let in" + (by.isEmpty() ? " without being asked for anything" : " by " + by)
                + (before.isEmpty() ? "" : "; before that " + before)
                + (history.methods().isEmpty()
                        ? ""
                        : "; the server's methods are " + String.join(", ", history.methods())));
    }

    private static String texts(List<LoginEvent> events, boolean good) {
        return events.stream()
                .filter(event -> good == (event.kind() == LoginEvent.Kind.LET_IN))
                .map(LoginEvent::text)
                .collect(Collectors.joining("; "));
    }
}
