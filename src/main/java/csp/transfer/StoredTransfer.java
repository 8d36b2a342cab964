package csp.transfer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A transfer as its row says it, without a session: the class of its flavour makes the transfer of it.
 *
 * @param isLegacy which flavour it is
 * @param lineItems JSON; null for new commerce
 * @param request what new commerce has beside; null for a legacy transfer
 */
public record StoredTransfer(
        boolean isLegacy,
        UUID id,
        UUID customerTenantId,
        UUID sourcePartnerTenantId,
        String sourcePartnerName,
        UUID targetPartnerTenantId,
        String targetPartnerName,
        String status,
        Instant createdTime,
        Instant lastModifiedTime,
        UUID lastModifiedUser,
        int version,
        String lineItems,
        Request request) {

    /** The row, with all its columns by their names. */
    public static StoredTransfer read(ResultSet row) throws SQLException {
        var isLegacy = row.getString("type").equals("LEGACY");
        return new StoredTransfer(
                isLegacy,
                row.getObject("id", UUID.class),
                row.getObject("customer_tenant_id", UUID.class),
                row.getObject("source_partner_tenant_id", UUID.class),
                row.getString("source_partner_name"),
                row.getObject("target_partner_tenant_id", UUID.class),
                row.getString("target_partner_name"),
                row.getString("status"),
                time(row, "created_time"),
                time(row, "last_modified_time"),
                row.getObject("last_modified_user", UUID.class),
                row.getInt("version"),
                row.getString("line_items"),
                isLegacy ? null : Request.read(row));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /**
     * The columns of new commerce.
     *
     * @param targetProductTypes JSON
     * @param acceptedLines JSON
     */
    public record Request(
            int transferType,
            String customerEmailId,
            String customerName,
            String targetPartnerEmailId,
            String targetProductTypes,
            String partnerOnRecord,
            Instant expirationTime,
            Instant completedTime,
            String acceptedLines) {

        private static Request read(ResultSet row) throws SQLException {
            return new Request(
                    row.getInt("transfer_type"),
                    row.getString("customer_email_id"),
                    row.getString("customer_name"),
                    row.getString("target_partner_email_id"),
                    row.getString("target_product_types"),
                    row.getString("partner_on_record"),
                    time(row, "expiration_time"),
                    time(row, "completed_time"),
                    row.getString("accepted_lines"));
        }
    }
}
