package io.portolan.examples.standalone.client;

import io.portolan.sftp.client.HostKeyException;
import io.portolan.sftp.client.SftpAuthenticationException;
import io.portolan.sftp.client.SftpCancelledException;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpProtocolException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.TruncatedTransferException;
import java.io.IOException;

/** What the failures of the SFTP client are to a script. */
final class SftpTrouble {

    private SftpTrouble() {}

    /** While there is no connection yet. */
    static Trouble connecting(IOException failure) {
        if (failure instanceof SftpConnectionException
                || failure instanceof SftpTimeoutException
                || failure instanceof SftpProtocolException) {
            return new Trouble(ExitCode.CONNECT, FtpTrouble.words(failure));
        }
        return of(failure);
    }

    static Trouble of(IOException failure) {
        if (failure instanceof SftpStatusException refused) {
            return refused(refused);
        }
        if (failure instanceof HostKeyException) {
            return new Trouble(ExitCode.TLS, FtpTrouble.words(failure));
        }
        if (failure instanceof SftpAuthenticationException) {
            return new Trouble(ExitCode.LOGIN, FtpTrouble.words(failure));
        }
        if (failure instanceof SftpVerificationException) {
            return new Trouble(ExitCode.NOT_VERIFIED, FtpTrouble.words(failure));
        }
        if (failure instanceof TruncatedTransferException
                || failure instanceof SftpConnectionException
                || failure instanceof SftpTimeoutException) {
            return new Trouble(ExitCode.CUT, FtpTrouble.words(failure));
        }
        if (failure instanceof SftpCancelledException) {
            return new Trouble(ExitCode.INTERRUPTED, "interrupted");
        }
        return Trouble.here(failure);
    }

    private static Trouble refused(SftpStatusException refused) {
        if (refused.isNotFound()) {
            return new Trouble(ExitCode.NOT_FOUND, "there is no such file: " + refused.getMessage());
        }
        if (refused.status() == SftpStatusException.PERMISSION_DENIED) {
            return new Trouble(ExitCode.PERMISSION, "the server does not permit it: " + refused.getMessage());
        }
        return new Trouble(ExitCode.FAILED, String.valueOf(refused.getMessage()));
    }
}
