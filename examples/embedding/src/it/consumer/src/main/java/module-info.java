/** An application that serves its reports by FTP. */
module com.example.reports {
    requires io.portolan.ftp.server;
    requires io.portolan.ftps;
}
