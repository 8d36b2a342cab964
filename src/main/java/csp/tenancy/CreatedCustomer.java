package csp.tenancy;

import csp.customer.Customer;
import csp.identity.CompanyDirectory.Credentials;

/** A new customer, what its first user signs in with, and what was asked for. */
public record CreatedCustomer(Customer customer, Credentials administrator, NewCustomer wanted) {
}
