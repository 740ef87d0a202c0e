import { ApiProperty } from '@nestjs/swagger';
import type { CertificateState, RegradeKind } from '@xuekao/contracts';
import { certificateStates, regradeKinds } from '@xuekao/contracts';

const states = Object.keys(certificateStates);

export class CertificateDto {
  @ApiProperty() id!: string;
  @ApiProperty({ description: '2017-00042' }) number!: string;
  @ApiProperty({ description: 'of the verification page /certificates/:code' }) code!: string;
  @ApiProperty() examId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty() issuedOn!: string;
  @ApiProperty({ enum: states }) state!: CertificateState;
  @ApiProperty() stateAt!: number;
  @ApiProperty({
    type: String,
    enum: Object.keys(regradeKinds),
    nullable: true,
    description: 'the kind of regrade that revoked it; null for a valid one',
  })
  revokedBy!: RegradeKind | null;
}

export class CertificateListDto {
  @ApiProperty({ type: [CertificateDto] }) items!: CertificateDto[];
}

/** For anybody with the code: the name masked, no score. */
export class VerifiedCertificateDto {
  @ApiProperty() number!: string;
  @ApiProperty() maskedName!: string;
  @ApiProperty() title!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty() issuedOn!: string;
  @ApiProperty({ enum: states }) state!: CertificateState;
}
