package io.portolan.examples.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.FtpVerificationException;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpProtocolException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.TruncatedTransferException;
import org.junit.jupiter.api.Test;

/** What failures are to scripts that no server of these tests can be brought to. */
class TroubleTest {

    @Test
    void whatBreaksLaterIsAnotherCodeThanNoConnection() {
        assertThat(SftpTrouble.of(new SftpConnectionException("reset", null)).code())
                .isEqualTo(ExitCode.CUT);
        assertThat(SftpTrouble.of(new SftpTimeoutException("late", null)).code())
                .isEqualTo(ExitCode.CUT);
        assertThat(SftpTrouble.of(new TruncatedTransferException("short", null, 2, 1))
                        .code())
                .isEqualTo(ExitCode.CUT);
        assertThat(FtpTrouble.of(new FtpConnectionException("reset", null)).code())
                .isEqualTo(ExitCode.CUT);
        assertThat(FtpTrouble.of(new FtpTimeoutException("late", null)).code()).isEqualTo(ExitCode.CUT);
        assertThat(SftpTrouble.connecting(new SftpConnectionException("refused", null))
                        .code())
                .isEqualTo(ExitCode.CONNECT);
        assertThat(SftpTrouble.connecting(new SftpTimeoutException("late", null))
                        .code())
                .isEqualTo(ExitCode.CONNECT);
        assertThat(SftpTrouble.connecting(new SftpProtocolException("no SSH", null))
                        .code())
                .isEqualTo(ExitCode.CONNECT);
    }

    @Test
    void filesThatAreNotTheSameAreToldFromThoseThatAreCut() {
        assertThat(SftpTrouble.of(new SftpVerificationException("another hash", null))
                        .code())
                .isEqualTo(ExitCode.NOT_VERIFIED);
        assertThat(FtpTrouble.of(new FtpVerificationException("another hash", null))
                        .code())
                .isEqualTo(ExitCode.NOT_VERIFIED);
    }

    @Test
    void whatAnSftpServerRefusesIsTold() {
        assertThat(refused(SftpStatusException.NO_SUCH_FILE)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(refused(SftpStatusException.PERMISSION_DENIED)).isEqualTo(ExitCode.PERMISSION);
        assertThat(refused(SftpStatusException.FAILURE)).isEqualTo(ExitCode.FAILED);
    }

    private static ExitCode refused(int status) {
        return SftpTrouble.of(new SftpStatusException("open a", status, "no")).code();
    }
}
