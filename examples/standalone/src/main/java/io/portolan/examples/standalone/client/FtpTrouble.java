package io.portolan.examples.standalone.client;

import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.FtpVerificationException;
import io.portolan.ftp.client.TruncatedTransferException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** What the failures of the FTP client are to a script. */
final class FtpTrouble {

    private static final Set<String> LOGIN_VERBS = Set.of("USER", "PASS", "ACCT");
    private static final int NOT_AVAILABLE = 421;
    private static final int NOT_LOGGED_IN = 530;
    private static final int NEEDS_ACCOUNT = 532;
    private static final int FILE_UNAVAILABLE = 550;
    private static final int NAME_NOT_ALLOWED = 553;

    private FtpTrouble() {}

    /** While there is no connection yet. */
    static Trouble connecting(IOException failure) {
        if (failure instanceof FtpConnectionException || failure instanceof FtpTimeoutException) {
            return new Trouble(ExitCode.CONNECT, words(failure));
        }
        if (failure instanceof FtpReplyException refused
                && refused.reply().code() != NOT_LOGGED_IN
                && refused.reply().isTransientError()) {
            return new Trouble(ExitCode.CONNECT, words(failure));
        }
        return of(failure);
    }

    static Trouble of(IOException failure) {
        if (failure instanceof FtpReplyException refused) {
            return refused(refused);
        }
        if (failure instanceof FtpSecurityException) {
            return new Trouble(ExitCode.TLS, words(failure));
        }
        if (failure instanceof FtpVerificationException) {
            return new Trouble(ExitCode.NOT_VERIFIED, words(failure));
        }
        if (failure instanceof TruncatedTransferException
                || failure instanceof FtpConnectionException
                || failure instanceof FtpTimeoutException) {
            return new Trouble(ExitCode.CUT, words(failure));
        }
        if (failure instanceof FtpCancelledException) {
            return new Trouble(ExitCode.INTERRUPTED, "interrupted");
        }
        return Trouble.here(failure);
    }

    private static Trouble refused(FtpReplyException refused) {
        int code = refused.reply().code();
        String said = String.join(" ", refused.reply().lines()).trim();
        if (LOGIN_VERBS.contains(verb(refused))) {
            return new Trouble(
                    code == NOT_AVAILABLE ? ExitCode.CONNECT : ExitCode.LOGIN,
                    "the server refuses the login: " + code + " " + said);
        }
        if (refused.isNotFound()) {
            return new Trouble(ExitCode.NOT_FOUND, "there is no such file: " + code + " " + said);
        }
        if (code == NOT_LOGGED_IN
                || code == NEEDS_ACCOUNT
                || code == NAME_NOT_ALLOWED
                || code == FILE_UNAVAILABLE && isAboutRights(said)) {
            return new Trouble(ExitCode.PERMISSION, "the server does not permit it: " + code + " " + said);
        }
        return new Trouble(
                code == NOT_AVAILABLE ? ExitCode.CUT : ExitCode.FAILED,
                "the server refuses " + verb(refused) + ": " + code + " " + said);
    }

    /** A guess, as servers have one code for all that can be wrong with a file. */
    private static boolean isAboutRights(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        return text.contains("permi")
                || text.contains("denied")
                || text.contains("read-only")
                || text.contains("not allowed");
    }

    private static String verb(FtpReplyException refused) {
        String command = refused.command();
        int space = command.indexOf(' ');
        return (space < 0 ? command : command.substring(0, space)).toUpperCase(Locale.ROOT);
    }

    /** A cause often says more than what it has led to. */
    static String words(IOException failure) {
        String words = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        String more = cause == null ? null : cause.getMessage();
        return more == null || words.contains(more) ? words : words + " (" + more + ")";
    }
}
