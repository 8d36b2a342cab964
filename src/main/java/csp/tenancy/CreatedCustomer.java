package csp.tenancy;

import csp.customer.Customer;
import csp.identity.CompanyDirectory.Credentials;

/** A new customer and what its first user signs in with. */
public record CreatedCustomer(Customer customer, Credentials administrator) {
}
