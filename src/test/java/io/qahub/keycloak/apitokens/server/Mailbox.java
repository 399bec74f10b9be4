package io.qahub.keycloak.apitokens.server;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real SMTP server that stores the emails it receives. */
final class Mailbox implements AutoCloseable {
    private static final Path COPIES = Path.of("target/mail");
    private final GreenMail smtp = new GreenMail(
            new ServerSetup(0, ServerContainer.listenAddress().getHostAddress(), ServerSetup.PROTOCOL_SMTP));

    Mailbox() {
        smtp.start();
    }

    /** Returns a realm's {@code smtpServer} setting for this server. */
    String settings() {
        return settings(smtp.getSmtp().getPort());
    }

    static String settings(int port) {
        return "\"smtpServer\":{\"host\":\"" + ServerContainer.thisMachine() + "\",\"port\":\"" + port
                + "\",\"from\":\"keycloak@example.org\"}";
    }

    /** Waits until a user has at least this number of emails; returns all of them. */
    List<Mail> await(String user, int count) {
        return Awaitility.await(user + " to have " + count + " mails")
                .atMost(Duration.ofSeconds(20))
                .until(() -> of(user), mails -> mails.size() >= count);
    }

    List<Mail> of(String user) {
        return Stream.of(smtp.getReceivedMessages())
                .map(Mailbox::read)
                .filter(mail -> mail.to().equals(user + "@example.org"))
                .toList();
    }

    private static Mail read(MimeMessage message) {
        try {
            Multipart parts = (Multipart) message.getContent();
            return new Mail(
                    message.getAllRecipients()[0].toString(),
                    message.getSubject(),
                    parts.getBodyPart(0).getContent().toString(),
                    parts.getBodyPart(1).getContent().toString());
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        smtp.stop();
    }

    /** An email, with its text and HTML parts. */
    record Mail(String to, String subject, String text, String html) {

        /** Saves a copy for manual review. */
        Mail keep(String name) {
            try {
                Files.createDirectories(COPIES);
                Files.writeString(COPIES.resolve(name + ".html"), html);
                Files.writeString(COPIES.resolve(name + ".txt"), subject + "\n\n" + text);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
